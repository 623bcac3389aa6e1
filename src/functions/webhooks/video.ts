/** POST /webhooks/video: Twilio Video tells what happens in our rooms. */
export { twilioVideoWebhook as handler } from '../../http/twilio-video-webhook';
