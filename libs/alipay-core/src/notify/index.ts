export type { NotificationForm } from './notification-form.js';
export type {
  NotificationRefusalReason,
  NotificationVerdict,
  NotificationVersion,
  RefusedNotification,
  VerifiedNotification,
} from './notification-verdict.js';
export { verifyNotification, type VerifyNotificationOptions } from './verify-notification.js';
