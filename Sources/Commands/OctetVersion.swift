/// The version of Octet.
public enum OctetVersion {
  /// Major, minor and patch, as in semantic versioning.
  public static let current = "0.1.0"
}
