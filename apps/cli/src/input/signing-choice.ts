import { AlipayError, parseCharset, parseSignType } from '@zhimaper/alipay-core';
import type { SigningSettings } from '../config/gateway-settings.js';
import { CommandFailure } from '../runtime/failure.js';

export interface SigningOptions {
  signType?: string;
  charset?: string;
}

/** The parameters' own `sign_type` and `charset`, which the gateway goes by. */
export interface SigningParameters {
  readonly sign_type?: string | undefined;
  readonly charset?: string | undefined;
}

/** Which algorithm and charset count: an option, else the parameters themselves, else the environment. */
export function chooseSigning(
  options: SigningOptions,
  parameters: SigningParameters,
  environment: SigningSettings,
): SigningSettings {
  return {
    signType:
      choose('--sign-type', options.signType, 'sign_type', parameters.sign_type, parseSignType) ??
      environment.signType,
    charset:
      choose('--charset', options.charset, 'charset', parameters.charset, parseCharset) ??
      environment.charset,
  };
}

function choose<T>(
  option: string,
  chosen: string | undefined,
  parameter: string,
  carried: string | undefined,
  parse: (text: string) => T,
): T | undefined {
  const wanted = chosen === undefined ? undefined : parseFrom(option, chosen, parse);
  const given = carried ? parseFrom(parameter, carried, parse) : undefined;
  if (wanted !== undefined && given !== undefined && wanted !== given) {
    throw new CommandFailure('invalid-usage', `${option} contradicts the parameter ${parameter}.`, {
      nextStep: `The gateway goes by ${parameter}: leave ${option} out.`,
    });
  }
  return wanted ?? given;
}

function parseFrom<T>(name: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    throw new CommandFailure('invalid-usage', `${name}: ${error.message}`, {
      nextStep: error.nextStep,
    });
  }
}
