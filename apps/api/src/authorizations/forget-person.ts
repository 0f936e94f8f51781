/** SQL of an UPDATE of `authorizations`: what points to the person, all of it. */
export const FORGET_PERSON = `
  reference = NULL, resolution_note_cell = NULL, subject_hash = NULL, person_hash = NULL,
  cert_no_masked = NULL, name_masked = NULL, mobile_masked = NULL`;
