import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MB = 1_048_576;

/** A small file system of its own, which a test may fill. */
export class SmallDisk {
  readonly filler: string;

  private constructor(
    readonly folder: string,
    /** Why this process may not have one, or null. */
    readonly refusal: string | null,
  ) {
    this.filler = join(folder, 'filler');
  }

  static mount(megabytes: number): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'passkey-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
      return new SmallDisk(folder, null);
    } catch (error) {
      rmSync(folder, { recursive: true });
      return new SmallDisk(folder, (error as Error).message);
    }
  }

  /** Leaves this much room. */
  fill(leftMegabytes: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    try {
      writeFileSync(this.filler, Buffer.alloc(bavail * bsize - leftMegabytes * MB));
    } catch (error) {
      // Somebody else was writing, and it is full already.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  clear(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}
