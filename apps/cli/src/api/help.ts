/** The members that every line of JSON ends with. */
export const ERROR_HELP = `"error" is null, or {"outcome","code","subCode","message","details","nextStep","traceId","authorizationId",
"retryAfterSeconds"}; then the other members are null.`;

export const API_HELP = `
Configuration: ZHIMAPER_API_URL and ZHIMAPER_API_KEY[_FILE], the flags, or a profile.
Exit status: 0 success; 1 refused by Alipay; 2 wrong usage, or input refused; 3 outcome unknown; 4 not
authenticated or not allowed; 5 not found or conflict; 69 api or Alipay not reached; 75 rate-limited; 78 configuration.`;
