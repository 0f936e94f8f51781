import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AlipayClient, readCertificateMode } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import type { PeriodicJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { gatewayOptions } from './gateway-options.js';
import { InjectAlipayClient } from './inject-alipay-client.js';

const DAY_MS = 86_400_000;

/** Tells in good time that a certificate expires: in the log every day, once for all processes, and as a metric. */
@Injectable()
export class CertificateWatch implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'certificate-expiry';
  readonly intervalMs = DAY_MS;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @InjectAlipayClient() private readonly client: AlipayClient,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const options = gatewayOptions(this.environment);
    const { appCertificate, alipayCertificate, alipayRootCertificate } = options;
    if (!appCertificate || !alipayCertificate || !alipayRootCertificate) return;
    const texts = { appCertificate, alipayCertificate, alipayRootCertificate };
    const mode = readCertificateMode(texts, this.environment.ALIPAY_APP_PRIVATE_KEY, this.clock());
    const daysTo = (date: Date) => (date.getTime() - this.clock().getTime()) / DAY_MS;
    this.metrics.gauge({
      name: 'zhimaper_certificate_days_left',
      help: 'How many days each configured certificate is still valid.',
      label: 'certificate',
      read: () => ({
        application: daysTo(mode.appCertificate.notAfter),
        alipay: daysTo(mode.alipay.notAfter),
      }),
    });
    this.schedule.addShared(this);
  }

  run(): Promise<void> {
    for (const { code, message } of this.client.warnings) {
      if (code === 'CERTIFICATE_EXPIRES_SOON') this.logger.warn({ code }, message);
    }
    return Promise.resolve();
  }
}
