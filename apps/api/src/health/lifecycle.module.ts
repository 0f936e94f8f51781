import { Global, Module } from '@nestjs/common';
import { Lifecycle } from './lifecycle.js';

/** The process's life, for whoever has to know of its end. */
@Global()
@Module({ providers: [Lifecycle], exports: [Lifecycle] })
export class LifecycleModule {}
