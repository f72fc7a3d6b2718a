import { StreamableFile } from '@nestjs/common';

import type { ResourceExport } from './resource-export';

/** Answers a request with an export, as a file to save. */
export const sendExport = async (exported: ResourceExport | Promise<ResourceExport>): Promise<StreamableFile> => {
  const { content, mediaType, filename } = await exported;
  return new StreamableFile(content, { type: mediaType, disposition: `attachment; filename="${filename}"` });
};
