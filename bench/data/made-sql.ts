/**
 * What the made-up history is made of, as SQL over the number of a login. Numbers are drawn by hashing the login's number
 * with one of their own, so that the same sizes give the same history.
 */
const draw = (number: number, below: number): string =>
  `((hashint8extended(n, ${number}) & 2147483647) % ${below})::integer`;

/** `h`, a digest of anything, as the last ten bytes of a UUIDv7 that carries the time `at`. */
export const idSql = (at: string, h: string): string =>
  `(lpad(to_hex(floor(date_part('epoch', ${at}) * 1000)::bigint), 12, '0') || '7' || substr(${h}, 1, 3) || '8' || substr(${h}, 4, 15))::uuid`;

export const personIdSql = (person: string): string =>
  idSql("'2025-06-01T00:00:00Z'::timestamptz", `md5('p' || ${person})`);

/** How often each hour of a day is drawn, in hundredths: quiet nights, mornings and evenings busy. */
const HOURS =
  "0,0,1,5,6,6,7,7,7,7,8,8,8,8,8,8,9,9,9,9,9,9,9,10,10,10,10,10,10,11,11,11,11,11,11,12,12,12,12,12,12,13,13,13,13,13,13,14,14,14,14,14,14,15,15,15,15,15,16,16,16,16,16,16,17,17,17,17,17,17,18,18,18,18,18,18,19,19,19,19,19,19,20,20,20,20,20,20,21,21,21,21,21,22,22,22,22,23,23,23";
/** The exposure over the time, from the first day to the last: early adopters only, then in stages to everyone. */
const STAGES = "5,5,5,10,10,25,25,25,50,50,50,50,100,100,100,100,100,100,100,100";

/**
 * The logins of one day as rows: who, when, by which application and device, and how it ended. `$1` is the day's start,
 * `$2` its first login's number, `$3` how many there are, `$4` how many people, `$5` the day's place among all, 0 to 1,
 * `$6` when it all ends. `offset 0` has each number drawn once, however often it is used.
 */
export const DAY_SQL = `
  select n, at, person, application, device_class, channel, exposure, is_finger, tries, ending, cause, via,
    ${idSql("at", "md5('l' || n)")} as id, ${personIdSql("person")} as person_id
  from (
    select n, floor($4::float8 * power(${draw(1, 1_000_000)} / 1e6::float8, 1.7::float8))::bigint as person, exposure,
      $1::timestamptz + make_interval(hours => ('{${HOURS}}'::int[])[1 + ${draw(2, 100)}],
        secs => (${draw(3, 3_600_000)}) / 1000.0) as at,
      application, (${draw(5, 10)}) = 0 as is_finger,
      case when application < 3 then ('{phone_android,phone_ios,phone_android,tablet_android}'::text[])[1 + ${draw(6, 4)}]
        else ('{desktop_windows,desktop_windows,desktop_macos,phone_android}'::text[])[1 + ${draw(6, 4)}] end as device_class,
      ('{app,app,app,web,branch}'::text[])[1 + application] as channel,
      case when ${draw(7, 100)} < 82 then 1 when ${draw(7, 100)} < 95 then 2 else 3 end as tries,
      case when ${draw(8, 100)} < 15 then 'apart' when ${draw(9, 1000)} < 890 then 'matched'
        when ${draw(9, 1000)} < 975 then 'fell_back' else 'abandoned' end as ending,
      ('{not_matched,not_matched,not_matched,capture_quality,capture_quality,capture_quality,api_trouble,chose_password,chose_password,camera_refused}'::text[])[1 + ${draw(10, 10)}] as cause,
      ${draw(11, 100)} as via
    from (
      select n, ${draw(4, 5)} as application,
        ('{${STAGES}}'::int[])[1 + least(19, floor($5::float8 * 20)::int)] as exposure
      from generate_series($2::bigint, $2::bigint + $3::bigint - 1) as n
    ) numbered
    offset 0
  ) drawn where at < $6::timestamptz - interval '1 minute'`;

/** The same, each login once for each of its tries. */
export const TRIES_SQL = `
  select m.*, k, k = m.tries and ending = 'matched' as is_match,
    at + k * interval '7 seconds' as tried_at,
    case when cause = 'api_trouble' then ('{api_timed_out,api_server_error,api_rate_limited,api_unreachable}'::text[])[1 + via % 4]
      when cause = 'capture_quality' then ('{too_dark,blurred,face_too_far,looking_away,no_face}'::text[])[1 + via % 5]
      when n % 4001 = 0 then 'spoof_suspected'
      when is_finger then 'fingers_not_matched' else 'different_person' end as failure
  from made m cross join lateral generate_series(1, m.tries) as k
  where ending <> 'apart' and (ending <> 'fell_back' or cause not in ('chose_password', 'camera_refused'))`;
