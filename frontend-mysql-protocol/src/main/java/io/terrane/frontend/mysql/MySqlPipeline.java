package io.terrane.frontend.mysql;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.terrane.frontend.mysql.connection.ConnectionEnvironment;
import io.terrane.frontend.mysql.connection.MySqlConnection;
import io.terrane.frontend.mysql.connection.SslRequestDecoder;
import io.terrane.frontend.mysql.packet.PacketDecoder;
import java.util.Optional;

/** Sets up each new channel: (TLS →) bytes → packets → the connection. */
@ChannelHandler.Sharable
final class MySqlPipeline extends ChannelInitializer<Channel> {
  private final ConnectionEnvironment environment;
  private final Optional<SslContext> tls;

  MySqlPipeline(ConnectionEnvironment environment, Optional<SslContext> tls) {
    this.environment = environment;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    tls.ifPresent(context -> channel.pipeline().addLast(new SslRequestDecoder(context)));
    channel
        .pipeline()
        .addLast(new PacketDecoder(ConnectionEnvironment.LOGIN_PACKET_BYTES_MAX))
        .addLast(new MySqlConnection(environment));
  }
}
