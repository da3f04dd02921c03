package io.unmask.jhdf.log;

/** What jHDF asks for its loggers. */
public final class LoggerFactory {

  private static final Logger NONE = new Logger() {};

  private LoggerFactory() {}

  /** The one for all classes, which is silent. */
  public static Logger getLogger(@SuppressWarnings("unused") Class<?> type) {
    return NONE;
  }
}
