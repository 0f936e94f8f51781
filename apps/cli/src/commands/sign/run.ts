import { buildStringToSign, sign } from '@zhimaper/alipay-core';
import { readSigningKey } from '../../config/gateway-settings.js';
import { readParameters, type ParameterOptions } from '../../input/parameter-source.js';
import { warnOfPersonalArguments } from '../../input/personal-data.js';
import { chooseSigning, type SigningOptions } from '../../input/signing-choice.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';

export interface SignOptions extends SigningOptions, ParameterOptions {
  privateKeyFile?: string;
}

/** Signs given parameters as a request with them would be signed. */
export async function runSign({
  context,
  output,
  options,
}: CommandRun<SignOptions>): Promise<CommandOutcome> {
  await warnOfPersonalArguments(output, options.param ?? []);
  const parameters = await readParameters(context, options);
  const stringToSign = buildStringToSign(parameters);
  if (stringToSign === '') {
    throw new CommandFailure('invalid-usage', 'There is nothing to sign.', {
      nextStep: 'Give parameters with --param key=value or --input FILE.',
    });
  }
  const { key, ...environment } = await readSigningKey(context, options.privateKeyFile);
  const { signType, charset } = chooseSigning(
    options,
    { sign_type: parameters['sign_type'], charset: parameters['charset'] },
    environment,
  );
  const signature = await sign(stringToSign, key, { signType, charset });
  await output.result({ stringToSign, signature, signType, charset }, (view) =>
    view.fields([
      ['string to sign', stringToSign],
      ['signature', signature],
      ['sign type', signType],
      ['charset', charset],
    ]),
  );
  return 'success';
}
