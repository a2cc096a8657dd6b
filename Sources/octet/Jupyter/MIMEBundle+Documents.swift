import Documents
import JupyterMessaging

extension JupyterMessaging.MIMEBundle {
  /// A document's forms as a message carries them.
  init(_ bundle: Documents.MIMEBundle) {
    self.init([:])
    for entry in bundle.entries {
      data[entry.mediaType] =
        switch entry.content {
        case .text(let text), .base64(let text): .string(text)
        case .json(let text): (try? JSONValue(parsing: text.utf8)) ?? .null
        }
      guard let width = entry.width, let height = entry.height else { continue }
      metadata[entry.mediaType] = [
        "width": .integer(width), "height": .integer(height), "alt": .string(entry.alternative ?? ""),
      ]
    }
  }
}
