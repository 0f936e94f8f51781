/**
 * Verifying the gateway's asynchronous notifications.
 *
 * @module
 */
export {
  verifyNotification,
  type NotificationForm,
  type NotificationRefusalReason,
  type NotificationVerdict,
  type NotificationVersion,
  type RefusedNotification,
  type VerifiedNotification,
  type VerifyNotificationOptions,
} from './notify/index.js';
