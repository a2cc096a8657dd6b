import FoundationEssentials
import Quantization
import Synchronization

/// The stages of one calibration on disk: statistics, each layer's weights, and each model that was measured.
///
/// A kernel that is killed in the middle of a calibration finds them when the same statement runs again.
final class CachedStages: QuantizationStages {
  private struct Counts {
    var found: Set<String> = []
    var computed: Set<String> = []
  }

  private let store: ResultStore
  private let key: String
  private let counts = Mutex(Counts())

  /// The stages of a calibration.
  ///
  /// - Parameter key: the name of all that the stages depend on.
  init(store: ResultStore, key: String) {
    self.store = store
    self.key = key
  }

  func value<Value: Codable>(of stage: String) -> Value? {
    guard let data = store.data(.stages, name(of: stage)) else { return nil }
    // The store gives a part of a file; a decoder wants bytes that begin at 0.
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(data)) else { return nil }
    counts.withLock { _ = $0.found.insert(stage) }
    return value
  }

  func keep<Value: Codable>(_ value: Value, of stage: String) {
    counts.withLock { _ = $0.computed.insert(stage) }
    guard store.folder != nil, let data = try? JSONEncoder().encode(value) else { return }
    store.keep(data, .stages, name(of: stage))
  }

  /// Removes the stages, since what they led to is kept.
  func remove() { store.remove(.stages, beginningWith: key) }

  /// What an earlier run has left, in words; empty where that is nothing.
  var summary: String {
    let (found, computed) = counts.withLock { ($0.found.subtracting($0.computed).count, $0.computed.count) }
    return found == 0 ? "" : "\(found) of \(found + computed) stages taken from the cache"
  }

  private func name(of stage: String) -> String { "\(key)-\(FileDigest.ofText(stage).prefix(16))" }
}
