import { Module } from '@nestjs/common';
import { RetentionJob } from './retention.job.js';
import { RetentionRepository } from './retention.repository.js';

/** The end of what was kept long enough. */
@Module({ providers: [RetentionJob, RetentionRepository] })
export class RetentionModule {}
