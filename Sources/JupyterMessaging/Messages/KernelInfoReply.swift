/// Describes the kernel and its language.
public struct KernelInfoReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "kernel_info_reply"

  /// The name of the kernel.
  public let implementation: String
  /// The kernel's version.
  public let implementationVersion: String
  /// The language.
  public let languageInfo: LanguageInfo
  /// What a console shows at its start.
  public let banner: String
  /// Entries of the help menu.
  public let helpLinks: [HelpLink]
  /// Names of optional features of the protocol that the kernel has.
  public let supportedFeatures: [String]

  /// Creates the content.
  public init(
    implementation: String, implementationVersion: String, languageInfo: LanguageInfo, banner: String,
    helpLinks: [HelpLink], supportedFeatures: [String] = []
  ) {
    self.implementation = implementation
    self.implementationVersion = implementationVersion
    self.languageInfo = languageInfo
    self.banner = banner
    self.helpLinks = helpLinks
    self.supportedFeatures = supportedFeatures
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "status": "ok", "protocol_version": .string(WireFormat.protocolVersion),
      "implementation": .string(implementation), "implementation_version": .string(implementationVersion),
      "language_info": .object(languageInfo.fields), "banner": .string(banner), "debugger": false,
      "help_links": .array(helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
      "supported_features": .array(supportedFeatures.map { .string($0) }),
    ]
  }
}
