import Commands
import Glibc

/// The process's output streams, unbuffered.
enum StandardStreams {
  /// Writes the whole of a text; gives up where the reader has gone.
  static func write(_ text: String, to stream: OutputStreamName) {
    let descriptor = descriptor(of: stream)
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      start += count
    }
  }

  /// Whether a person reads the stream.
  static func isTerminal(_ stream: OutputStreamName) -> Bool { isatty(descriptor(of: stream)) == 1 }

  private static func descriptor(of stream: OutputStreamName) -> Int32 { stream == .stdout ? 1 : 2 }
}
