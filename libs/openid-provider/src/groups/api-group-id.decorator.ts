import { ApiParam } from '@nestjs/swagger';

/** The group that a path names. */
export const ApiGroupId = () => ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184' });
