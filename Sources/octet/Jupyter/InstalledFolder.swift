import FoundationEssentials

/// Writes and removes the folders that Jupyter looks into.
enum InstalledFolder {
  /// Replaces a file as a whole, creating the folder where it is missing.
  ///
  /// - Throws: `ProgramEnding` that says where else to install.
  static func write(_ content: some Sequence<UInt8>, to name: String, in folder: String) throws {
    do {
      let path = "\(folder)/\(name)"
      let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try Data(content).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ProgramEnding(
        ProgramEnding.wrongArguments,
        "octet: \(folder) cannot be written; install for yourself with --user, or name another place with --prefix")
    }
  }

  /// Removes a folder and all that is in it.
  ///
  /// - Throws: `ProgramEnding`.
  static func remove(_ folder: String) throws {
    guard (try? FileManager.default.removeItem(atPath: folder)) != nil else {
      throw ProgramEnding(
        ProgramEnding.wrongArguments, "octet: \(folder) cannot be removed; check that you may write there")
    }
  }
}
