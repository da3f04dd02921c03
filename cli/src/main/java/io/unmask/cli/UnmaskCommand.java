package io.unmask.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand. */
@Command(
    name = "unmask",
    description = "Tells photographs of real faces from AI-generated ones.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = UnmaskCommand.Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:all went well", "1:some image failed", "2:nothing could run"})
final class UnmaskCommand {

  /** The version, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = UnmaskCommand.class.getPackage().getImplementationVersion();
      return new String[] {"unmask " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
