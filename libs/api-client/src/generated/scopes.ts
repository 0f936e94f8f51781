/** Every scope that an API key may have. */
export const SCOPES = ["authorizations:write","authorizations:read","tokens:read","tokens:refresh","authorizations:resolve","authorizations:erase","batches:write","batches:read","audit:read","admin"] as const;
