/** Halves the rate, so that a gateway that is overloaded is left alone at once. */
const DECREASE = 0.5;
/** The least share of the configured rate, so that it is noticed when the gateway recovers. */
const LEAST_SHARE = 0.05;
/** How much of the configured rate comes back in a second: all of it within a minute. */
const RECOVERY_SHARE = 1 / 60;
/** Answers to calls that were under way together slow down once. */
const SLOW_DOWN_ONCE_S = 1;

/**
 * What the budget has come to, by the database's clock: the rate recovers in a straight line, and the calls are what
 * that line made of them. Parameters: $1 application, $2 configured rate, $3 burst.
 */
const PRESENT = `
  (SELECT clock.at,
      least($2::float8, budget.rate + clock.passed * $2::float8 * ${RECOVERY_SHARE}) AS rate,
      least($3::float8, budget.calls + clock.passed
        * (budget.rate + least($2::float8, budget.rate + clock.passed * $2::float8 * ${RECOVERY_SHARE})) / 2) AS calls
    FROM (SELECT read.at, greatest(0, extract(epoch FROM read.at - budget.counted_at))::float8 AS passed
      FROM (SELECT clock_timestamp() AS at) AS read) AS clock) AS present`;

/**
 * Takes up to $4 calls, as long as no more than $5 are owed afterwards, and answers how many were granted and what is left.
 * One statement, whose row lock makes the processes stand in line.
 */
export const TAKE = `
  INSERT INTO gateway_budget AS budget (app_id, calls, rate, counted_at, granted)
  VALUES ($1, $3::float8 - least($4::int, $3::float8), $2::float8, clock_timestamp(),
    least($4::int, $3::float8))
  ON CONFLICT (app_id) DO UPDATE SET (calls, rate, counted_at, granted) = (
    SELECT present.calls - given.granted, present.rate, present.at, given.granted
    FROM ${PRESENT},
      LATERAL (SELECT greatest(0, least($4::int, floor(present.calls + $5::float8)))::int AS granted) AS given)
  RETURNING granted, calls, rate`;

/** Slows all processes down, unless that was done a moment ago; what had been saved up is gone. */
export const SLOW_DOWN = `
  UPDATE gateway_budget AS budget SET (calls, rate, counted_at, slowed_at) = (
    SELECT least(present.calls, 0), greatest($2::float8 * ${LEAST_SHARE}, present.rate * ${DECREASE}),
      present.at, present.at
    FROM ${PRESENT})
  WHERE app_id = $1
    AND (slowed_at IS NULL OR slowed_at < clock_timestamp() - interval '${SLOW_DOWN_ONCE_S} second')
  RETURNING rate`;

/** What is left and how fast it comes, without taking any. */
export const SHOW = `
  SELECT present.calls, present.rate FROM gateway_budget AS budget, LATERAL ${PRESENT}
  WHERE app_id = $1`;
