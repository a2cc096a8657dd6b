public import JupyterMessaging

/// What a kernel says of itself to a client.
public struct KernelDescription: Sendable {
  /// The kernel's name.
  public let implementation: String
  /// The kernel's version.
  public let implementationVersion: String
  /// The language of its cells.
  public let languageInfo: LanguageInfo
  /// What a console shows at its start.
  public let banner: String
  /// Entries of a front end's help menu.
  public let helpLinks: [HelpLink]

  /// Creates a description.
  public init(
    implementation: String, implementationVersion: String, languageInfo: LanguageInfo, banner: String,
    helpLinks: [HelpLink] = []
  ) {
    self.implementation = implementation
    self.implementationVersion = implementationVersion
    self.languageInfo = languageInfo
    self.banner = banner
    self.helpLinks = helpLinks
  }
}
