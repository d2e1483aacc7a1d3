import { type Command, Option } from 'commander';
import { z } from 'zod';
import { makeDirectory } from '../../../adapters/embedded/environment/make-directory.js';
import { DEV_AUDIENCE, DEV_ISSUER, devToken } from '../../../adapters/identity/dev-issuer.js';
import { ROLES } from '../../../adapters/identity/role-of.js';
import { devIssuerPath } from '../../identity/identity-files.js';
import { systemClock } from '../../system/system-clock.js';
import { locally } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { duration, name } from '../option-values.js';

const options = z.object({
  user: z.string(),
  role: z.enum(ROLES).optional(),
  ttl: z.number(),
});

/** `token`: a token of the development issuer, to try things out. */
export const tokenCommand = (program: Command): void => {
  const command = program
    .command('token')
    .description('print a token of the development issuer (AUTH_ISSUER=dev)')
    .requiredOption('--user <id>', 'id of the user', name)
    .addOption(new Option('--role <role>', 'role; without it the token is that of an ordinary user').choices(ROLES))
    .option('--ttl <duration>', 'how long it is valid: 90s, 15m, 1h', duration, 3_600);
  locally(command, options, async ({ user: subject, role = null, ttl: ttlSeconds }, { print }) => {
    const config = configured();
    if (config.AUTH_ISSUER !== DEV_ISSUER)
      throw new CallFailed(
        'Tokens can be signed here only for development: set AUTH=jwt and AUTH_ISSUER=dev, the same as for the server',
      );
    makeDirectory(config.DATA_DIR);
    const { AUTH_ROLES_CLAIM: rolesClaim, AUTH_AUDIENCE: audience = DEV_AUDIENCE } = config;
    const wanted = { subject, role, rolesClaim, audience, now: systemClock.now(), ttlSeconds };
    const token = await devToken(devIssuerPath(config), wanted);
    print({ token }, () => token);
    return 'done';
  });
};
