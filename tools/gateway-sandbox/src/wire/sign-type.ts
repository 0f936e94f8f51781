/** The two values of `sign_type` and the digest that each stands for (interface document, public parameters). */
export type SignType = 'RSA' | 'RSA2';

export function readSignType(text: string | undefined): SignType | null {
  return text === 'RSA' || text === 'RSA2' ? text : null;
}

export function digestOf(signType: SignType): 'RSA-SHA1' | 'RSA-SHA256' {
  return signType === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
}
