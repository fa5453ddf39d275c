if (!process.env.TEST_DATABASE_URL) {
  console.error('TEST_DATABASE_URL: needed, such as postgres://postgres@127.0.0.1:5432/postgres');
  process.exit(1);
}
