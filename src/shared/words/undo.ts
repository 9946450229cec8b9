/** Taking back what has not left yet. */
export const undoWords = {
  'undo.now': 'Undo',
  'undo.reply': 'Sending in a moment',
  'undo.note': 'Adding the note in a moment',
  'undo.done': 'Taken back',
  'undo.nothing': 'There is nothing to take back',
  'undo.late': {
    one: 'Too late to take it back: it has left',
    other: 'Too late to take back {count} of them: they have left',
  },
  'command.undo': 'Take back what was just done',
} as const
