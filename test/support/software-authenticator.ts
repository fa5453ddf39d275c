export * from '../../libs/experience-verification/src/testing/software-authenticator';
