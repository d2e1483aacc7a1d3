import { type DataDirectory, openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { answerOf } from './answer-of.js';

/** An opened data directory that must not fail to open. */
export const openedDirectory = (directory: string): Promise<DataDirectory> => answerOf(openDataDirectory(directory));
