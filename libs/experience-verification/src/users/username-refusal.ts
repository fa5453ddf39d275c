import { ExperienceException } from '../errors/experience.exception';

/** @param why what is wrong with the name, to be told */
export const usernameNotAllowed = (why: string): ExperienceException =>
  new ExperienceException('user.username_not_allowed', { data: { username: [why] }, reason: why });

export const LOOKS_LIKE_ANOTHER = 'looks like a name that is taken';
