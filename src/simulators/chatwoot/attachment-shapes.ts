import { fileUrl, thumbUrl } from './file-urls.ts'
import { seconds } from './times.ts'
import type { Account, Attachment, Message, Place, World } from './world.ts'

/** The files of a message; the key is absent where there are none. */
export function attachmentsPart(world: World, account: Account, message: Message): object {
  if (message.attachments.length === 0) return {}
  return {
    attachments: message.attachments.map((attachment) =>
      attachmentShape(world, account, message, attachment),
    ),
  }
}

/** All files of a conversation, newest first, a hundred to the page; `senderOf` renders who sent one. */
export function attachmentListShape(
  place: Place,
  page: number,
  senderOf: (message: Message) => object,
): object {
  const { world, conversation } = place
  const all = conversation.messages
    .flatMap((message) => message.attachments.map((attachment) => ({ message, attachment })))
    .toSorted((a, b) => b.attachment.id - a.attachment.id)
  return {
    meta: { total_count: all.length },
    payload: all.slice((page - 1) * pageSize, page * pageSize).map(({ message, attachment }) => ({
      message_id: message.id,
      thumb_url: attachment.fileType === 'image' && attachment.file ? thumbUrl(world, attachment.file) : '',
      data_url: attachment.file === null ? null : fileUrl(world, attachment.file),
      file_size: attachment.file?.bytes().length ?? null,
      file_type: attachment.fileType,
      extension: null,
      width: attachment.width,
      height: attachment.height,
      created_at: seconds(message.createdAt),
      ...senderOf(message),
    })),
  }
}

const pageSize = 100

function attachmentShape(
  world: World,
  account: Account,
  message: Message,
  attachment: Attachment,
): object | null {
  if (attachment.fileType === 'none') return null
  const head = {
    id: attachment.id,
    message_id: message.id,
    file_type: attachment.fileType,
    account_id: account.id,
  }
  if (attachment.location !== null) {
    const { latitude, longitude, title } = attachment.location
    return {
      ...head,
      coordinates_lat: latitude,
      coordinates_long: longitude,
      fallback_title: title,
      data_url: null,
    }
  }
  if (attachment.file === null) return { ...head, ...attachment.told }
  return {
    ...head,
    extension: null,
    data_url: fileUrl(world, attachment.file),
    thumb_url: attachment.fileType === 'image' ? thumbUrl(world, attachment.file) : '',
    file_size: attachment.file.bytes().length,
    width: attachment.width,
    height: attachment.height,
    ...(attachment.fileType === 'audio' ? { transcribed_text: '' } : {}),
  }
}
