import Glibc

/// Asks a program at a path for its version.
enum ProgramVersion {
  private static let largestAnswer = 256

  /// What `PROGRAM --version` prints; nil where it cannot be started or fails.
  static func of(program: String) -> String? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_addclose(&actions, ends[0])
    var process = pid_t()
    let status = unsafe program.withCString { path in
      unsafe "--version".withCString { option in
        var arguments = unsafe [UnsafeMutablePointer(mutating: path), UnsafeMutablePointer(mutating: option), nil]
        return unsafe posix_spawn(&process, path, &actions, nil, &arguments, environ)
      }
    }
    close(ends[1])
    guard status == 0 else { return nil }
    let answer = text(from: ends[0])
    var ending: Int32 = 0
    while unsafe waitpid(process, &ending, 0) < 0, errno == EINTR {}
    return ending == 0 ? answer : nil
  }

  private static func text(from descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: largestAnswer)
    var count = 0
    while count < largestAnswer {
      let size = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), largestAnswer - count)
      }
      guard size > 0 else { break }
      count += size
    }
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
  }
}
