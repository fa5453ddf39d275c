import { ArrayMaxSize, IsArray, IsOptional, IsString, Matches } from 'class-validator';
import { ExperienceException, Expose, exposedMembersOf, readDto } from 'nestjs-passkey-sign-in';
import { type Application, UUID } from '../ports/application';
import { checkApplication } from './application-check';
import { CreateApplicationDto } from './application.dto';
import { mayKeepSecrets, toApplication } from './applications.service';

/** An application in a file: what the API takes, and what the API makes. */
class ConfiguredApplicationDto extends CreateApplicationDto {
  @Expose()
  @Matches(UUID, { message: 'must be a UUID in lower case: `uuidgen -t` makes one' })
  id!: string;

  /** Default: the one that is no tenant. */
  @Expose()
  @IsOptional()
  @IsString()
  relyingParty?: string;

  /** SHA-256 of each, in hex. */
  @Expose()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9a-f]{64}$/i, { each: true, message: 'must each be a SHA-256, 64 hex digits' })
  secrets?: string[];
}

type WrongMembers = Record<string, string[]>;

/**
 * Applications from what a file of the operator's holds: a list of what `POST /api/applications` takes, each with its `id`, its
 * `secrets` as hashes, and its `relyingParty`.
 * @param relyingParties ids, the first of which is meant where none is said
 * @throws AggregateError with an error for each wrong member, which it names
 */
export function toApplications(entries: unknown, relyingParties: readonly string[]): Application[] {
  if (!Array.isArray(entries)) throw new Error('must hold an array of applications');
  const errors: Error[] = [];
  const applications: Application[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    try {
      const application = read(entry, relyingParties);
      const isTwice = applications.some(({ id }) => id === application.id);
      if (isTwice) throw wrong({ id: ['is that of another one too'] });
      applications.push(application);
    } catch (error) {
      if (!(error instanceof ExperienceException)) throw error;
      for (const [member, why] of Object.entries(error.details.data as WrongMembers)) {
        errors.push(new Error(`number ${index + 1}: "${member}" ${why.join(', ')}`));
      }
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'applications are wrong');
  return applications;
}

function read(entry: unknown, relyingParties: readonly string[]): Application {
  const dto = readDto(ConfiguredApplicationDto, entry);
  const known = exposedMembersOf(ConfiguredApplicationDto);
  const unknown = Object.keys(entry as object).filter((member) => !known.has(member));
  if (unknown.length > 0)
    throw wrong(Object.fromEntries(unknown.map((member) => [member, ['is not known']])));
  const { id, relyingParty = relyingParties[0] ?? '', secrets = [] } = dto;
  if (!relyingParties.includes(relyingParty)) throw wrong({ relyingParty: ['is none of this server'] });
  const application = {
    ...toApplication(dto, id, relyingParty),
    configured: true,
    secretHashes: secrets.map((hex) => Buffer.from(hex, 'hex').toString('base64url')),
  };
  checkApplication(application);
  if (mayKeepSecrets(application) === (secrets.length === 0)) {
    throw wrong({ secrets: [secrets.length === 0 ? 'must have at least one' : 'have no use here'] });
  }
  return application;
}

const wrong = (data: WrongMembers) => new ExperienceException('guard.invalid_input', { data });
