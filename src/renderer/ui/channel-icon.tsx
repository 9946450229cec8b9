import type { LucideIcon } from 'lucide-react'
import Camera from 'lucide-react/icons/camera'
import Globe from 'lucide-react/icons/globe'
import Inbox from 'lucide-react/icons/inbox'
import Mail from 'lucide-react/icons/mail'
import MessageCircle from 'lucide-react/icons/message-circle'
import MessageCircleMore from 'lucide-react/icons/message-circle-more'
import MessageSquare from 'lucide-react/icons/message-square'
import Music2 from 'lucide-react/icons/music-2'
import Phone from 'lucide-react/icons/phone'
import Plug from 'lucide-react/icons/plug'
import Send from 'lucide-react/icons/send'
import Smartphone from 'lucide-react/icons/smartphone'
import type { ReactNode } from 'react'
import type { Channel } from '../../shared/domain/conversation.ts'

const icons: Record<Channel, LucideIcon> = {
  web: Globe,
  email: Mail,
  whatsapp: MessageCircleMore,
  sms: Smartphone,
  facebook: MessageCircle,
  instagram: Camera,
  telegram: Send,
  line: MessageSquare,
  tiktok: Music2,
  voice: Phone,
  api: Plug,
  other: Inbox,
}

/** A small picture of a channel; its name is always written beside it. */
export function ChannelIcon({ channel, size = 13 }: { channel: Channel; size?: number }): ReactNode {
  const Icon = icons[channel]
  return <Icon size={size} aria-hidden="true" />
}
