/** What a notification says where it is not the customer's own words. */
export const notificationWords = {
  'notification.hiddenText': 'New message',
  'notification.summary': {
    one: 'One new message while you were away',
    other: '{count} new messages while you were away',
  },
} as const
