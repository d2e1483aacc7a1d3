import { either as E } from 'fp-ts';
import { restoreBackup } from '../../../../src/adapters/embedded/backup/restore-backup.js';
import { takeBackup } from '../../../../src/adapters/embedded/backup/take-backup.js';

const [dataDirectory = '', target = '', restored = ''] = process.argv.slice(2);
const now = '2026-11-28T12:00:00.000Z';
const taken = await takeBackup({ dataDirectory, target, since: null, version: '1.2.3', now });
if (E.isLeft(taken)) throw new Error(taken.left.message);
const put = await restoreBackup({ backup: target, dataDirectory: restored, erased: [target] });
if (E.isLeft(put)) throw new Error(put.left.message);
