/** Where class-transformer keeps what the decorators say; its types are shipped apart from the module. */
declare module 'class-transformer/cjs/storage' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage';
}
