import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Hasher } from './hasher.js';
import { KEY_PROVIDER, type KeyProvider } from './key-provider.js';
import { LocalKeyRing } from './local-key-ring.js';

/** Keys and hashes, for every feature that stores what must not be read. */
@Global()
@Module({
  providers: [
    {
      provide: KEY_PROVIDER,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment): KeyProvider =>
        new LocalKeyRing(environment.ENCRYPTION_KEYS),
    },
    {
      provide: Hasher,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new Hasher(environment.SUBJECT_HASH_KEY.reveal()),
    },
  ],
  exports: [KEY_PROVIDER, Hasher],
})
export class CryptoModule {}
