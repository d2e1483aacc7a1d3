import { type Alert } from '../../application/ports/alerts.js';

/** Slack reads these three as markup; everything else is text. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body of an incoming webhook of Slack, and of what understands the same (Mattermost, Discord's /slack). */
export const slackMessage = ({ title, text }: Alert, heldBack: number): { readonly text: string } => ({
  text: [
    `*${escaped(title)}*`,
    escaped(text),
    ...(heldBack > 0 ? [`_${heldBack} of this kind were held back in the minute before._`] : []),
  ].join('\n'),
});
