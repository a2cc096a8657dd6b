import FoundationEssentials

/// The processors that this process may use.
public enum ProcessorCount {
  /// The number of processors in use by the system, at least 1.
  public static let active = max(ProcessInfo.processInfo.activeProcessorCount, 1)
}
