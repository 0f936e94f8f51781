import { Module } from '@nestjs/common';
import { ErasureController } from './erasure.controller.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';

/** People's data, destroyed when they ask for it. */
@Module({ controllers: [ErasureController], providers: [ErasureService, ErasureRepository] })
export class ErasureModule {}
