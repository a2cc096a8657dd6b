extension Dataset {
  /// The files that say what is known of the pictures, relative to the root: documents in the folder, and the masks and
  /// targets of the samples.
  ///
  /// - Throws: `DatasetError` if the folder cannot be read; `CancellationError`.
  public func annotationFiles(isCancelled: () -> Bool = { false }) throws -> [String] {
    guard samples.contains(where: { $0.annotation != nil }) || !pairs.isEmpty else { return [] }
    let documents = try ImageFolder(path: root, isCancelled: isCancelled).documents
    let pictures = samples.flatMap { [$0.annotation?.mask?.path, $0.annotation?.targetPath].compactMap(\.self) }
    var seen = Set(samples.map(\.path))
    return (documents + pictures).filter { seen.insert($0).inserted }
  }
}
