/// Who writes and who reads which blob.
///
/// A blob's name stands for several values one after the other where layers work in place; here each has its own number.
struct CaffeWiring: Sendable {
  /// One value of a blob.
  struct BlobVersion: Hashable, Sendable {
    let name: String
    let version: Int
  }

  /// For each layer, the values it reads.
  private(set) var bottoms: [[BlobVersion]] = []
  /// For each layer, the values it writes.
  private(set) var tops: [[BlobVersion]] = []
  /// For each value, the layers that read it.
  private(set) var readers: [BlobVersion: [Int]] = [:]

  /// Follows the blobs through layers in order.
  ///
  /// - Throws: `ModelFormatError.invalidModel` for a blob that is read before it is written.
  init(inputs: [String], layers: [CaffeLayer]) throws(ModelFormatError) {
    var versions: [String: Int] = [:]
    for input in inputs { versions[input] = 0 }
    for (index, layer) in layers.enumerated() {
      var read: [BlobVersion] = []
      for bottom in layer.parameter.bottom {
        guard let version = versions[bottom] else {
          throw layer.error(
            .invalidModel, "reads “\(bottom)”, which no layer before it writes", remedy: "correct the name of the blob")
        }
        let value = BlobVersion(name: bottom, version: version)
        read.append(value)
        readers[value, default: []].append(index)
      }
      bottoms.append(read)
      var written: [BlobVersion] = []
      for top in layer.parameter.top {
        guard versions[top] == nil || layer.parameter.bottom.contains(top) else {
          throw layer.error(
            .invalidModel, "writes “\(top)”, which another layer writes already", remedy: "rename the blob")
        }
        let version = versions[top].map { $0 + 1 } ?? 0
        versions[top] = version
        written.append(BlobVersion(name: top, version: version))
      }
      tops.append(written)
    }
  }

  /// The only layer that reads the value a layer writes first; nil if there are none or several.
  func onlyReader(ofFirstTopOf index: Int) -> Int? {
    guard let top = tops[index].first, let readers = readers[top], readers.count == 1 else { return nil }
    return readers[0]
  }

  /// The values that layers write and none reads, in order.
  var unread: [BlobVersion] { tops.flatMap { $0 }.filter { readers[$0] == nil } }
}
