/** POST /webhooks/twilio-video: the same as /webhooks/video. */
export { twilioVideoWebhook as handler } from '../../http/twilio-video-webhook';
