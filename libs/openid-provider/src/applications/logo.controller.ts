import { Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { ApiController, ApiErrors, ExperienceException, RelyingParty } from 'nestjs-passkey-sign-in';
import { ApplicationsRepository } from './applications.repository';
import { Logos } from './logos.service';

@ApiController('api/applications', 'Applications')
export class LogoController {
  constructor(
    private readonly applications: ApplicationsRepository,
    private readonly logos: Logos,
  ) {}

  @Get(':id/logo')
  @Header('cache-control', 'public, max-age=3600')
  // Opened as a page of its own, an SVG does nothing.
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  @ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  @ApiOperation({
    summary: "Get an application's logo",
    description:
      'The picture at its `logoUri`, which is not told who looks at it. For pages of the relying party.',
  })
  @ApiProduces('image/*')
  @ApiOkResponse({
    description: 'The picture, of at most 256 KB.',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiErrors(['application.not_found'])
  async get(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<StreamableFile> {
    const application = await this.applications.find(rpId, id);
    const logo = application?.logoUri ? await this.logos.of(application.logoUri) : null;
    if (!logo) throw new ExperienceException('application.not_found');
    return new StreamableFile(logo.image, { type: logo.type, length: logo.image.byteLength });
  }
}
