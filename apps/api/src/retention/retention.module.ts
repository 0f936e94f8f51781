import { Module } from '@nestjs/common';
import { RetentionJob } from './retention.job.js';
import { RetentionRepository } from './retention.repository.js';
import { SpoolRetentionJob } from './spool-retention.job.js';

/** The end of what was kept long enough. */
@Module({ providers: [RetentionJob, SpoolRetentionJob, RetentionRepository] })
export class RetentionModule {}
