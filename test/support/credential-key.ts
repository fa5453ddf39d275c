export * from '../../libs/experience-verification/src/testing/credential-key';
