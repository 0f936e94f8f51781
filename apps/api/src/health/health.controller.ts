import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../api-keys/access.js';
import { Readiness, type ReadinessReport } from './readiness.js';

/** For whoever starts, watches and replaces instances. */
@Controller('health')
@Access('public')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** Whether the process runs; it says nothing about the database, which a restart would not mend. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    void reply.status(report.status === 'ready' ? 200 : 503);
    return report;
  }
}
